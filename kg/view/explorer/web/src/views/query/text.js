// Texts of the view in both languages.
export default {
  en: {
    "query.title": "Query",
    "query.read": "",
  },
  zh: {
    "query.title": "查询",
    "query.read": "",
  },
};

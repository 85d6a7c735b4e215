// Texts of the view in both languages.
export default {
  en: {
    "chain.title": "Chain",
    "chain.read": "",
  },
  zh: {
    "chain.title": "链条",
    "chain.read": "",
  },
};

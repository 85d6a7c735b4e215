// Texts of the view in both languages.
export default {
  en: {
    "findings.title": "Findings",
    "findings.read": "",
  },
  zh: {
    "findings.title": "发现",
    "findings.read": "",
  },
};

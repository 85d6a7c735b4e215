// Texts of the view in both languages.
export default {
  en: {
    "network.title": "Network",
    "network.read": "",
  },
  zh: {
    "network.title": "网络",
    "network.read": "",
  },
};

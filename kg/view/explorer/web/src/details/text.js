// Texts of the panel of details in both languages.
export default {
  en: {
    "details.title": "Details",
    "details.close": "Close",
  },
  zh: {
    "details.title": "详情",
    "details.close": "关闭",
  },
};

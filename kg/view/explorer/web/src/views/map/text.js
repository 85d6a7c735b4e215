// Texts of the view in both languages.
export default {
  en: {
    "map.title": "Map",
    "map.read": "",
  },
  zh: {
    "map.title": "地图",
    "map.read": "",
  },
};

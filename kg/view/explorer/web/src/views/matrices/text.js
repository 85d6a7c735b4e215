// Texts of the view in both languages.
export default {
  en: {
    "matrices.title": "Matrices",
    "matrices.read": "",
  },
  zh: {
    "matrices.title": "矩阵",
    "matrices.read": "",
  },
};

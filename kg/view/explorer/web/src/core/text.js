// Texts of the frame in both languages; each view keeps its own beside it.
export default {
  en: {
    "app.title": "Explorer of regional industry",
    "app.views": "Views",
    "app.language": "中文",
    "app.language.hint": "中文界面",
    "app.theme": "Dark or light",
    "app.skip": "Skip to the content",
    "app.loading": "Loading the engine …",
    "app.ready": "Engine ready",
    "app.failed": "The engine could not start: {message}",
    "app.holds": "{quads} facts, {nodes} things drawn",
    "app.read": "How to read it",
  },
  zh: {
    "app.title": "区域产业图谱浏览器",
    "app.views": "视图",
    "app.language": "English",
    "app.language.hint": "English interface",
    "app.theme": "深色或浅色",
    "app.skip": "跳到内容",
    "app.loading": "正在载入查询引擎……",
    "app.ready": "查询引擎就绪",
    "app.failed": "查询引擎无法启动：{message}",
    "app.holds": "{quads}条事实，图中{nodes}个事物",
    "app.read": "阅读说明",
  },
};

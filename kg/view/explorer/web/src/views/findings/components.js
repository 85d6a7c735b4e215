// What the parts of a severity are called in Chinese; the analyses name them in English.
const CHINESE = new Map(Object.entries({
  state: "状态",
  position: "位置",
  "position in the chain": "在链条中的位置",
  "present stages that wait for it": "依赖它的已有环节",
  "named by problems": "问题中提及",
  recommendations: "已有建议",
  "said to compete": "文献指出存在竞争",
  need: "需求",
  crosswalk: "学科与产业对应",
  "crosswalk coverage": "对应关系的覆盖面",
  "cross-space": "跨空间联系",
  "resource allocation": "资源分配指数",
  alike: "相似程度",
  inputs: "投入",
  "one has it already": "一方已有",
  downstream: "下游环节",
  narrow: "范围集中",
  alone: "无其他地区",
  "firmly said": "说法确定",
  signs: "正负",
  reach: "影响范围",
  "cut off": "被切断的部分",
  betweenness: "介数中心性",
  fields: "学科",
  "last provider": "唯一提供者",
  role: "作用",
  "there now": "当地现有",
  distance: "距离",
  "industry named": "提及该产业",
  "none recorded": "未见记载",
  "same stage, same segment": "同一环节同一细分领域",
  "stages in common": "共有环节",
}));

/** The name of a part in the language shown, and the language that it is in. */
export function component(app, name) {
  const chinese = app.language === "zh" ? CHINESE.get(name) : undefined;
  return chinese ? { text: chinese, lang: "zh-CN" } : { text: name, lang: "en" };
}

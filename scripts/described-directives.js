/**
 * ESLint rule: a comment that disables a rule must say why, after `--`.
 * @type {import("eslint").Rule.RuleModule}
 */
export const describedDirectives = {
  meta: {
    type: "problem",
    docs: { description: "require a reason in comments that switch a rule off" },
    messages: { reason: "Say after `--` why the rule is off here." },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const isDirective = /^\s*(eslint-disable|@ts-expect-error|@ts-ignore)/.exec(comment.value);
          if (!isDirective) continue;
          const isDescribed = isDirective[1] === "eslint-disable" ? /--\s*\S/ : /@ts-\S+\s*\S/;
          if (!isDescribed.test(comment.value) && comment.loc) {
            context.report({ loc: comment.loc, messageId: "reason" });
          }
        }
      },
    };
  },
};

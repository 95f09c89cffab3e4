/**
 * Every named export carries one doc comment sentence; default exports and re-exports go without.
 * @type {import('eslint').Rule.RuleModule}
 */
export const exportedDoc = {
  meta: {
    type: 'suggestion',
    messages: { missing: 'Say in one /** … */ sentence what this export promises.' },
    schema: [],
  },
  create(context) {
    return {
      ExportNamedDeclaration(node) {
        if (!node.declaration) return;
        const last = context.sourceCode.getCommentsBefore(node).at(-1);
        if (last?.type === 'Block' && last.value.startsWith('*')) return;
        context.report({ node, messageId: 'missing' });
      },
    };
  },
};

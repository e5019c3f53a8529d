import js from '@eslint/js';
import globals from 'globals';

const browser = { languageOptions: { ecmaVersion: 'latest', sourceType: 'module', globals: globals.browser } };

export default [
  { ignores: ['**/bin/**', '**/obj/**', '**/lib/**', '.cache/**', 'artifacts/**'] },
  js.configs.recommended,
  { files: ['wwwroot/**/*.js'], ...browser },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-len': ['error', { code: 180 }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-properties': ['error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => (
          { property, message: 'What others wrote is text and no HTML: use textContent.' }))],
    },
  },
];

import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(eslint.configs.recommended, typescript.configs.strictTypeChecked, {
  languageOptions: { parserOptions: { projectService: true } },
  rules: { complexity: ["error", 10] },
});

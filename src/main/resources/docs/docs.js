'use strict';

const dark = matchMedia('(prefers-color-scheme: dark)');
const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', dress);
dress();

SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // else a badge, asked of another server
  // else a 401 opens the browser's login
  requestInterceptor: request => Object.assign(request, { credentials: 'omit' }),
});

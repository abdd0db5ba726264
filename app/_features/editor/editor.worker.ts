/** The editor's own worker, as a file of ours, so that the bundler serves it from this server. */
import 'monaco-editor/editor/editor.worker.js';

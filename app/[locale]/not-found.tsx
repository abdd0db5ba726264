/** No such page: what happened and the way back. Every page carries it, so it shares the code of its neighbour. */
export { NotFound as default } from './error.tsx';

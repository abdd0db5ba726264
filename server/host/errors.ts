/** Every way in which setting up can fail: what is wrong, and the way out, one sentence each. */
export type SetUpErrorCode =
  | 'not_root'
  | 'not_debian'
  | 'packages_failed'
  | 'mirror_unreachable'
  | 'kernel_unsuitable'
  | 'no_loop_devices'
  | 'directory_unsuitable'
  | 'too_little_disk'
  | 'port_taken'
  | 'no_free_slot'
  | 'slot_taken'
  | 'bad_instance_file'
  | 'pool_failed'
  | 'engine_unsuitable'
  | 'engine_failed'
  | 'daemon_failed'
  | 'command_failed'
  | 'still_running';

export class SetUpError extends Error {
  readonly code: SetUpErrorCode;
  readonly wayOut: string;
  constructor(code: SetUpErrorCode, options: { sentence: string; wayOut: string; cause?: unknown }) {
    super(options.sentence, { cause: options.cause });
    this.name = 'SetUpError';
    this.code = code;
    this.wayOut = options.wayOut;
  }
}

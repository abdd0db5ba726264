/* What the files of the machine's agent share: places, limits, and each other's verbs. */
#ifndef DRYDOCK_AGENT_H
#define DRYDOCK_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PATH_BYTES 256
#define NAME_MAX_BYTES 16

/* Exit codes of `agent ready` and `agent await`. */
#define READY_GIVEN_UP 2
#define READY_TIMED_OUT 3
/* A command line that we do not know (sysexits.h). */
#define BAD_USAGE 64

/* places.c: where things lie, with other places for tests, and small conveniences around the system's calls. */
const char *env_or(const char *name, const char *otherwise);
const char *run_directory(void);
/* Fills `path` with <run or state directory>/terminals/NAME.suffix. */
void terminal_path(char path[PATH_BYTES], const char *name, const char *suffix);
void saved_path(char path[PATH_BYTES], const char *name, const char *suffix);
/* -1 with errno on failure; the descriptor is closed on exec. */
int connect_unix(const char *path);
long long now_ms(void);
void put_u16(uint8_t *to, uint16_t value);
void put_u32(uint8_t *to, uint32_t value);
void put_u64(uint8_t *to, uint64_t value);
uint16_t get_u16(const uint8_t *from);
uint32_t get_u32(const uint8_t *from);
uint64_t get_u64(const uint8_t *from);
/* Ends the program with one sentence on standard error. */
_Noreturn void die(const char *what);

/* ready.c */
int wait_ready(long limit_ms);

/* await.c: EXIT_SUCCESS when something listens on `unix:PATH`, READY_TIMED_OUT, or failure when our input ends before. */
int await_listener(const char *target, long limit_ms);

/* relay.c: copies standard input to `fd` and `fd` to standard output until it is over. */
struct relay_ends {
    /* Half-close: the end of input is passed on and answers still come. Else either end ends both. */
    bool half_close;
};
int relay(int fd, struct relay_ends ends);

/* dial.c */
int dial(const char *target);

/* neighbours.c: behind ON_PORT our own engine for who knows the word on standard input, and a socket for each of the
   others' engines; comes in the place of the one before. */
int lend_engines(const char *on_port, char *const *others, int count);

/* saved.c: removes what is kept on disk of this terminal: its output, and where its shell was. */
void forget_terminal(const char *name);

/* files.c: serves requests about files on its standard streams until they end. */
int files(void);

/* terminal.c: `start_only` makes sure that the shell runs and leaves it alone. */
int terminal(const char *name, uint16_t cols, uint16_t rows, bool start_only);

/* terminal.c: ends the shell of this name and forgets what it printed. Fine when there is none. */
int end_terminal(const char *name);

/* holder.c: keeps one shell; writes a byte to `ready_fd` once clients can connect. */
int hold(const char *name, uint16_t cols, uint16_t rows, int ready_fd);

#endif

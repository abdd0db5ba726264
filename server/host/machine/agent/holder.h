/* The parts of a holder: the output that is kept, the shell, the visitors. */
#ifndef DRYDOCK_HOLDER_H
#define DRYDOCK_HOLDER_H

#include "agent.h"

/* Bytes of output kept for a returning browser. */
#define RING_MAX ((size_t)2 * 1024 * 1024)
/* Output that may be on its way to a client without an acknowledgement. */
#define WINDOW ((uint64_t)512 * 1024)
/* Largest payload of output in one frame, and largest frame that we take. */
#define CHUNK ((size_t)64 * 1024)
/* Input that waits for a program which does not read; beyond it the client is not read, or its input is dropped. */
#define INPUT_MAX ((size_t)64 * 1024)
/* Connections that have not asked for output yet. */
#define WAITING_MAX 4
/* Asks for everything that is kept. */
#define FROM_OLDEST UINT64_MAX

/* ring.c: the latest output by absolute offset. Grows as it fills; at RING_MAX the oldest bytes go. */
struct ring {
    uint8_t *bytes;
    size_t size;
    uint64_t start, end;
};
/* A writable stretch after the end; its length (never 0, at most `wanted`) is stored. */
uint8_t *ring_room(struct ring *ring, size_t wanted, size_t *length);
void ring_added(struct ring *ring, size_t length);
void ring_append(struct ring *ring, const void *bytes, size_t length);
/* The readable stretch from `offset`, at most `wanted`; shorter where the ring wraps around. */
const uint8_t *ring_at(const struct ring *ring, uint64_t offset, size_t wanted, size_t *length);

/* saved.c: the ring on disk, so that scrollback survives a machine that sleeps. */
void save_ring(const char *name, const struct ring *ring);
void restore_ring(const char *name, struct ring *ring);

/* directory.c: where a shell is, on disk; written where it is elsewhere than last time. */
void save_directory(const char *name, pid_t shell);
void forget_directory(const char *name);
/* False where nothing is written down, or it is not there any more. */
bool enter_directory(const char *name);

/* shell.c: an interactive login shell on a PTY of its own. */
struct shell {
    int master, slave;
    pid_t pid;
    bool running;
    /* As a shell would report it: 128 and more for a signal. */
    uint32_t exit_code;
    uint8_t input[INPUT_MAX];
    size_t input_start, input_length;
};
/* It begins where the last one of this name was, where that is known. */
int start_shell(struct shell *shell, const char *name, uint16_t cols, uint16_t rows);
void resize_shell(const struct shell *shell, uint16_t cols, uint16_t rows);
size_t input_room(const struct shell *shell);
/* Takes what there is room for; an interrupt always finds room. */
void give_input(struct shell *shell, const uint8_t *bytes, size_t length);
void drain_input(struct shell *shell);
/* Takes the exit status where the shell has ended. */
void reap_shell(struct shell *shell);
/* Ends the shell as a terminal does that is switched off; waits a moment for it to write its history. */
void hang_up(struct shell *shell);

/* client.c: one connection and the frames on it. */
struct client {
    int fd;
    bool attached;
    /* Next offset to send, and the end of what was acknowledged. */
    uint64_t sent, acked;
    /* The frame that comes in: its head first, then fields or input as they arrive. */
    uint8_t head[5], fields[8];
    size_t head_length, fields_length;
    uint32_t payload_left;
    /* The frame that goes out: its head, then ring bytes up to `frame_end`. */
    uint8_t out[21];
    size_t out_start, out_length;
    uint64_t frame_end;
    bool exit_sent;
};
void open_client(struct client *client, int fd);
void close_client(struct client *client);
/* True while output may be read for this client without losing any that it has not got. */
bool has_window(const struct client *client, const struct ring *ring);
bool wants_write(const struct client *client, const struct ring *ring);
/* False when the client is gone or speaks nonsense. */
bool read_client(struct client *client, struct ring *ring, struct shell *shell);
bool write_client(struct client *client, const struct ring *ring);
/* Queues the exit frame once all output is sent; true when it has left. */
bool told_exit(struct client *client, const struct ring *ring, uint32_t code);

#endif

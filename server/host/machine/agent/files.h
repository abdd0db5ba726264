/* What the parts of `agent files` share: its frames, its bounds, and how it answers. */
#ifndef DRYDOCK_FILES_H
#define DRYDOCK_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* A frame is a type, the length of its payload in four bytes, big-endian, and the payload. */
#define FILE_FRAME_BYTES ((size_t)64 * 1024)
/* Largest file that is read whole, and whose version is told by its content. */
#define TEXT_BYTES ((size_t)2 * 1024 * 1024)
#define FILE_PATH_BYTES 4096
#define ENTRIES_MAX 2000
#define DELETED_MAX 20000
#define DEPTH_MAX 100
#define WATCHED_MAX 64
/* A request that takes longer ends us: a file system of the learner's own making may never answer. */
#define REQUEST_SECONDS 30

/* Reasons beside those of errno(3). */
#define NOT_A_FILE 1001
#define HAS_CHANGED 1002
#define LEADS_NOWHERE 1003
#define TOO_MANY 1004
#define OTHER_DISK 1005

/* files.c: answers, kept back until `flush` or until they fill a frame's worth. */
void say(uint8_t type, const void *head, size_t head_length, const void *body, size_t body_length);
void flush(void);
void fail(int reason, uint64_t version);
void answer(const struct stat *about, uint64_t version);
uint8_t kind_of(mode_t mode);

/* files-look.c */
void look(const char *path);
void send_file(const char *path);
/* A number that is another one when the file is another one: its content, or of a large file its size and time. */
#define FIRST_VERSION UINT64_C(14695981039346656037)
uint64_t add_to_version(uint64_t version, const void *bytes, size_t length);
uint64_t version_by_time(const struct stat *about);
/* -1 with errno. */
int version_of(int fd, const struct stat *about, uint64_t *version);

/* files-save.c: between `save_begin` and `save_end` everything goes into a file beside the one that is saved. */
enum save_mode { SAVE_NEW = 0, SAVE_SAME = 1, SAVE_ANY = 2 };
void save_begin(enum save_mode mode, uint64_t expected, const char *path);
void save_bytes(const void *bytes, size_t length);
void save_end(void);
void save_abandon(void);
bool is_saving(void);
bool write_all(int fd, const void *bytes, size_t length);

/* files-tree.c */
void make_directory(const char *path);
void move(const char *from, const char *to);
void delete_tree(const char *path);

/* files-watch.c */
void watch_none(void);
bool watch_also(const char *path, size_t length);
int watch_notes(void);
/* Milliseconds until the next look; -1 with nothing to watch. */
int watch_pause(void);
void watch_noted(void);
void watch_look(void);

#endif

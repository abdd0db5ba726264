/* Watches a few paths. inotify only wakes us: what has changed is told by looking, so that nothing depends on it. */
#include "files.h"
#include "agent.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* A program that writes all the time has us look this often, not more. */
#define BETWEEN_LOOKS_MS 100
/* A net below: notifications are scarce on a host (fs.inotify), and a directory may be replaced by another. */
#define LOOK_ANYWAY_MS 2000
#define NOTES                                                                                                  \
    (IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB |            \
     IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

struct watched {
    char *path;
    uint64_t seen;
};

static struct watched list[WATCHED_MAX];
static int count, notes = -1;
static bool noted;
static long long looked_at_ms;

/* 0 where nothing stands. */
static uint64_t sight(const char *path) {
    struct stat about;
    if (stat(path, &about) != 0) return 0;
    int64_t change[] = {about.st_ctim.tv_sec, about.st_ctim.tv_nsec, about.st_mode};
    return add_to_version(version_by_time(&about), change, sizeof change) | 1;
}

/* Directories alone: a file's own watch is lost when an overlay copies it, and when an editor replaces it. */
static void ask_for_notes(const char *path) {
    if (notes < 0 || inotify_add_watch(notes, path, NOTES) >= 0) return;
    char directory[FILE_PATH_BYTES];
    const char *slash = strrchr(path, '/');
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    memcpy(directory, path, length);
    directory[length] = 0;
    inotify_add_watch(notes, directory, NOTES);
}

void watch_none(void) {
    while (count > 0) free(list[--count].path);
    if (notes >= 0) close(notes);
    notes = -1;
    noted = false;
}

bool watch_also(const char *path, size_t length) {
    if (count == WATCHED_MAX || length == 0 || length >= FILE_PATH_BYTES || path[0] != '/') return false;
    char *copy = strndup(path, length);
    if (!copy) return false;
    if (notes < 0) notes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ask_for_notes(copy);
    list[count++] = (struct watched){.path = copy, .seen = sight(copy)};
    looked_at_ms = now_ms();
    return true;
}

/* Not listened to while a look is due anyway. */
int watch_notes(void) { return noted ? -1 : notes; }

void watch_noted(void) { noted = true; }

int watch_pause(void) {
    if (count == 0) return -1;
    long long due = looked_at_ms + (noted ? BETWEEN_LOOKS_MS : LOOK_ANYWAY_MS) - now_ms();
    return due > 0 ? (int)due : 0;
}

void watch_look(void) {
    char bytes[4096];
    while (notes >= 0 && read(notes, bytes, sizeof bytes) > 0) continue;
    noted = false;
    looked_at_ms = now_ms();
    for (int at = 0; at < count; at++) {
        ask_for_notes(list[at].path);
        uint64_t seen = sight(list[at].path);
        if (seen == list[at].seen) continue;
        list[at].seen = seen;
        say('C', NULL, 0, list[at].path, strlen(list[at].path));
    }
}

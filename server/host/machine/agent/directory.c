/* Where a shell is: written down as it moves, for its machine may be kept as it is, or end, at any moment; the next shell
   begins there. */
#include "holder.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void save_directory(const char *name, pid_t shell) {
    static char saved[PATH_MAX];
    static ssize_t saved_length;
    char link[64], target[PATH_MAX], path[PATH_BYTES], temporary[PATH_BYTES];
    snprintf(link, sizeof link, "/proc/%d/cwd", (int)shell);
    ssize_t length = readlink(link, target, sizeof target);
    /* A longer one would be cut off. */
    if (length <= 0 || length == (ssize_t)sizeof target) return;
    if (length == saved_length && memcmp(target, saved, (size_t)length) == 0) return;
    saved_path(path, name, ".directory");
    saved_path(temporary, name, ".directory.new");
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return;
    bool ok = write(fd, target, (size_t)length) == length;
    if (close(fd) != 0 || !ok || rename(temporary, path) != 0) {
        unlink(temporary);
        return;
    }
    memcpy(saved, target, (size_t)length);
    saved_length = length;
}

void forget_directory(const char *name) {
    char path[PATH_BYTES];
    saved_path(path, name, ".directory");
    unlink(path);
}

/* The file lies on a disk that the learner owns; wherever it leads, it is their own shell that goes there. */
bool enter_directory(const char *name) {
    char path[PATH_BYTES], target[PATH_MAX];
    struct stat status;
    saved_path(path, name, ".directory");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) return false;
    bool regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    ssize_t length = regular ? read(fd, target, sizeof target - 1) : -1;
    close(fd);
    if (length <= 0) return false;
    target[length] = 0;
    return target[0] == '/' && chdir(target) == 0;
}

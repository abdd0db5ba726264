/* Where each shell is: written down when the machine sleeps or is kept as it is, so that the next one begins there. */
#include "holder.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Terminals that are looked through at most. */
#define TERMINALS_MAX 64

void save_directory(const char *name, pid_t shell) {
    char link[64], target[PATH_MAX], path[PATH_BYTES], temporary[PATH_BYTES];
    snprintf(link, sizeof link, "/proc/%d/cwd", (int)shell);
    ssize_t length = readlink(link, target, sizeof target);
    /* A longer one would be cut off. */
    if (length <= 0 || length == (ssize_t)sizeof target) return;
    saved_path(path, name, ".directory");
    saved_path(temporary, name, ".directory.new");
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return;
    bool ok = write(fd, target, (size_t)length) == length;
    if (close(fd) != 0 || !ok || rename(temporary, path) != 0) unlink(temporary);
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

/* NAME.shell holds the process that is the shell of a terminal. */
static void save_directory_of(const char *file) {
    char name[NAME_MAX_BYTES + 1] = "", path[PATH_BYTES];
    const char *end = strrchr(file, '.');
    if (!end || strcmp(end, ".shell") != 0 || end == file || end - file > NAME_MAX_BYTES) return;
    memcpy(name, file, (size_t)(end - file));
    terminal_path(path, name, ".shell");
    FILE *opened = fopen(path, "re");
    if (!opened) return;
    int pid = 0;
    if (fscanf(opened, "%d", &pid) == 1 && pid > 0) save_directory(name, pid);
    fclose(opened);
}

int settle(void) {
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/terminals", run_directory());
    DIR *terminals = opendir(path);
    if (terminals) {
        int seen = 0;
        for (struct dirent *entry; seen < TERMINALS_MAX && (entry = readdir(terminals)); seen++)
            save_directory_of(entry->d_name);
        closedir(terminals);
    }
    /* The disk under the root and the engine's data is one. */
    int disk = open(env_or("DRYDOCK_DISK", "/var/lib/docker"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (disk < 0) die("no disk");
    if (syncfs(disk) != 0) die("not all is on disk");
    close(disk);
    return EXIT_SUCCESS;
}

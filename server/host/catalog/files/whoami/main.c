/* whoami: a small web server that tells who answered and what arrived. One thread for each connection. */
#include "answer.h"
#include "request.h"

#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* More connections than that wait in the kernel's line. */
enum { CONNECTIONS_MAX = 128, LINE = 128, PATIENCE_S = 10, STACK_BYTES = 128 * 1024 };

static const char *name = "";
static sem_t free_places;

static const char *reason(int status) {
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 404: return "Not Found";
    case 408: return "Request Timeout";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Status";
    }
}

/* One line for each request, in the common log format; whatever a terminal might obey is shown as "?". */
static void log_request(const struct request *request, int status, size_t length) {
    char line[4096], when[32], first[2200];
    time_t now = time(NULL);
    struct tm parts;
    strftime(when, sizeof when, "%d/%b/%Y:%H:%M:%S +0000", gmtime_r(&now, &parts));
    snprintf(first, sizeof first, "%.*s", (int)strcspn(request->head, "\r\n"), request->head);
    for (unsigned char *c = (unsigned char *)first; *c; c++)
        if (*c < 0x20 || *c > 0x7e) *c = '?';
    int size = snprintf(line, sizeof line, "%s - - [%s] \"%s\" %d %zu\n", request->remote, when, first, status, length);
    if (write(STDOUT_FILENO, line, (size_t)size) < 0) return;
}

static void send_all(int connection, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(connection, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void respond(int connection, const struct request *request, int status) {
    char head[256], *bytes = NULL;
    const char *type = "text/plain; charset=utf-8";
    size_t length = 0;
    FILE *body = open_memstream(&bytes, &length);
    if (!body) return;
    if (status == 200) status = answer(request, name, body, &type);
    fclose(body);
    int size = snprintf(head, sizeof head,
                        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", status,
                        reason(status), type, length);
    send_all(connection, head, (size_t)size);
    if (strcmp(request->method, "HEAD") != 0) send_all(connection, bytes, length);
    log_request(request, status, length);
    free(bytes);
}

static void *serve(void *argument) {
    int connection = (int)(intptr_t)argument;
    struct timeval patience = {.tv_sec = PATIENCE_S};
    struct request request;
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    int status = read_request(connection, &request);
    if (status != 0) respond(connection, &request, status);
    shutdown(connection, SHUT_WR);
    close(connection);
    sem_post(&free_places);
    return NULL;
}

/* On every address, IPv6 too where the kernel has it. */
static int open_door(int port) {
    int on = 1, off = 0;
    struct sockaddr_in6 any6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
    struct sockaddr_in any4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int door = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr *address = (const struct sockaddr *)&any6;
    socklen_t length = sizeof any6;
    if (door < 0) {
        door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        address = (const struct sockaddr *)&any4;
        length = sizeof any4;
    } else {
        setsockopt(door, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (door >= 0 && bind(door, address, length) == 0 && listen(door, LINE) == 0) return door;
    fprintf(stderr, "whoami: cannot listen on port %d: %s\n", port, strerror(errno));
    exit(EXIT_FAILURE);
}

static int read_port(const char *text) {
    char *end;
    long port = strtol(text, &end, 10);
    if (*text && !*end && port >= 1 && port <= 65535) return (int)port;
    fprintf(stderr, "whoami: \"%s\" is not a port from 1 to 65535\n", text);
    exit(2);
}

/* Options may begin with one dash or two. Every request is logged: --verbose is understood, and changes nothing. */
static int read_options(int argc, char **argv) {
    static const struct option known[] = {
        {"port", required_argument, NULL, 'p'}, {"name", required_argument, NULL, 'n'}, {"verbose", no_argument, NULL, 'v'}, {0}};
    const char *port = getenv("WHOAMI_PORT_NUMBER");
    if (getenv("WHOAMI_NAME")) name = getenv("WHOAMI_NAME");
    for (int option; (option = getopt_long_only(argc, argv, "", known, NULL)) != -1;) {
        if (option == 'p') port = optarg;
        else if (option == 'n') name = optarg;
        else if (option != 'v') exit(2);
    }
    return read_port(port && *port ? port : "80");
}

/* Process 1 gets no signal that it does not ask for. */
static void end(int signal) {
    (void)signal;
    _exit(0);
}

int main(int argc, char **argv) {
    int port = read_options(argc, argv);
    int door = open_door(port);
    pthread_attr_t small;
    signal(SIGTERM, end);
    signal(SIGINT, end);
    signal(SIGPIPE, SIG_IGN);
    sem_init(&free_places, 0, CONNECTIONS_MAX);
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK_BYTES);
    pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
    dprintf(STDOUT_FILENO, "Starting up on port %d\n", port);
    for (;;) {
        pthread_t thread;
        while (sem_wait(&free_places) != 0) continue;
        int connection = accept4(door, NULL, NULL, SOCK_CLOEXEC);
        if (connection >= 0 && pthread_create(&thread, &small, serve, (void *)(intptr_t)connection) == 0) continue;
        /* Out of files or threads for a moment: the others end soon. */
        if (connection >= 0) close(connection);
        else usleep(10000);
        sem_post(&free_places);
    }
}

/* An HTTP request as it arrived, bounded in size and in time. */
#ifndef REQUEST_H
#define REQUEST_H

#include <stddef.h>

/* Head and body together: far above what a browser sends. */
enum { REQUEST_MAX = 16 * 1024 };

struct request {
    char head[REQUEST_MAX + 1]; /* request line and headers, lines divided by \r\n, ended by an empty one */
    size_t head_length;
    char body[64];              /* only POST /health has one that matters: a number */
    char method[16];
    char target[2048];          /* path and query */
    char host[256];
    char remote[64];            /* address and port of whoever asks */
};

/* The status to answer with: 200, or what is wrong with the request; 0 when nobody is there any more. */
int read_request(int connection, struct request *request);

/* The value of NAME in the target's query, copied bounded; 0 when it is not there. */
int query_value(const struct request *request, const char *name, char *value, size_t size);

/* The path alone is PATH. */
int is_path(const struct request *request, const char *path);

#endif

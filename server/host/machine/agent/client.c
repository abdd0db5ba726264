/* One connection to a holder: takes apart the frames that come, and sends output within the client's window. */
#include "holder.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

void open_client(struct client *client, int fd) { *client = (struct client){.fd = fd}; }

void close_client(struct client *client) {
    if (client->fd >= 0) close(client->fd);
    *client = (struct client){.fd = -1};
}

bool has_window(const struct client *client, const struct ring *ring) {
    return !client->attached || ring->end - client->acked < WINDOW;
}

/* Bytes of the next output frame; 0 when there is nothing to send or no window. */
static size_t next_frame(const struct client *client, const struct ring *ring) {
    uint64_t on_the_way = client->sent - client->acked;
    if (!client->attached || on_the_way >= WINDOW) return 0;
    uint64_t length = ring->end - client->sent;
    if (length > WINDOW - on_the_way) length = WINDOW - on_the_way;
    return length > CHUNK ? CHUNK : (size_t)length;
}

static bool in_frame(const struct client *client) {
    return client->out_start < client->out_length || client->sent < client->frame_end;
}

bool wants_write(const struct client *client, const struct ring *ring) {
    return in_frame(client) || next_frame(client, ring) > 0;
}

static void begin_frame(struct client *client, char type, uint32_t length, size_t head_fields) {
    client->out[0] = (uint8_t)type;
    put_u32(client->out + 1, length);
    client->out_start = 0;
    client->out_length = 5 + head_fields;
}

static void attach(struct client *client, const struct ring *ring, uint64_t asked) {
    begin_frame(client, 'S', 16, 16);
    put_u64(client->out + 5, ring->start);
    put_u64(client->out + 13, ring->end);
    /* An offset that we never reached belongs to a life of this machine that was undone: send all we have. */
    client->sent = asked < ring->start || asked > ring->end ? ring->start : asked;
    client->acked = client->frame_end = client->sent;
    client->attached = true;
}

/* A frame with fields is complete. */
static bool obey(struct client *client, struct ring *ring, struct shell *shell) {
    const uint8_t *fields = client->fields;
    switch (client->head[0]) {
    case 'A':
        if (client->attached) return false;
        attach(client, ring, get_u64(fields));
        return true;
    case 'R':
        resize_shell(shell, get_u16(fields), get_u16(fields + 2));
        return true;
    case 'K':
        client->acked += get_u32(fields);
        /* Nobody can have seen what was not sent. */
        if (client->acked > client->sent) client->acked = client->sent;
        return true;
    }
    return false;
}

/* The first frame must attach, and each kind has its length. */
static bool head_is_good(const struct client *client) {
    uint32_t length = client->payload_left;
    switch (client->head[0]) {
    case 'A':
        return length == 8 && !client->attached;
    case 'I':
        return length <= CHUNK && client->attached;
    case 'R':
    case 'K':
        return length == 4 && client->attached;
    }
    return false;
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static bool take(struct client *client, struct ring *ring, struct shell *shell, const uint8_t *bytes,
                 size_t length) {
    while (length > 0) {
        size_t used;
        if (client->head_length < sizeof client->head) {
            used = smaller(sizeof client->head - client->head_length, length);
            memcpy(client->head + client->head_length, bytes, used);
            client->head_length += used;
            if (client->head_length == sizeof client->head) {
                client->payload_left = get_u32(client->head + 1);
                client->fields_length = 0;
                if (!head_is_good(client)) return false;
            }
        } else {
            used = smaller(client->payload_left, length);
            if (client->head[0] == 'I') {
                give_input(shell, bytes, used);
            } else {
                memcpy(client->fields + client->fields_length, bytes, used);
                client->fields_length += used;
            }
            client->payload_left -= (uint32_t)used;
            if (client->payload_left == 0 && client->head[0] != 'I' && !obey(client, ring, shell)) return false;
        }
        if (client->head_length == sizeof client->head && client->payload_left == 0) client->head_length = 0;
        bytes += used;
        length -= used;
    }
    return true;
}

bool read_client(struct client *client, struct ring *ring, struct shell *shell) {
    static uint8_t bytes[INPUT_MAX];
    /* All of it may turn out to be input: read no more than there is room for; before that, only what attaches.
       Called without room, we are after the acknowledgements behind the input, and drop what does not fit. */
    size_t room = client->attached ? input_room(shell) : sizeof client->head + sizeof client->fields;
    if (room == 0) room = sizeof bytes;
    ssize_t got = read(client->fd, bytes, room);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    return got > 0 && take(client, ring, shell, bytes, (size_t)got);
}

/* Sends what one call takes of the frame under way; false when the client is gone, else whether all left. */
static bool send_some(struct client *client, const struct ring *ring, bool *blocked) {
    struct iovec parts[3];
    int count = 0;
    size_t total = 0;
    if (client->out_start < client->out_length)
        parts[count++] =
            (struct iovec){client->out + client->out_start, client->out_length - client->out_start};
    for (uint64_t offset = client->sent; offset < client->frame_end;) {
        size_t length;
        const uint8_t *bytes = ring_at(ring, offset, (size_t)(client->frame_end - offset), &length);
        parts[count++] = (struct iovec){(void *)bytes, length};
        offset += length;
    }
    for (int i = 0; i < count; i++) total += parts[i].iov_len;
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = (size_t)count};
    ssize_t sent = sendmsg(client->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
        *blocked = true;
        return errno == EAGAIN || errno == EINTR;
    }
    *blocked = (size_t)sent < total;
    size_t of_head = smaller((size_t)sent, client->out_length - client->out_start);
    client->out_start += of_head;
    client->sent += (size_t)sent - of_head;
    return true;
}

bool write_client(struct client *client, const struct ring *ring) {
    bool blocked = false;
    while (!blocked) {
        if (!in_frame(client)) {
            size_t length = next_frame(client, ring);
            if (length == 0) return true;
            begin_frame(client, 'O', (uint32_t)(8 + length), 8);
            put_u64(client->out + 5, client->sent);
            client->frame_end = client->sent + length;
        }
        if (!send_some(client, ring, &blocked)) return false;
    }
    return true;
}

bool told_exit(struct client *client, const struct ring *ring, uint32_t code) {
    if (in_frame(client) || client->sent < ring->end) return false;
    if (client->exit_sent) return true;
    begin_frame(client, 'X', 4, 4);
    put_u32(client->out + 5, code);
    client->exit_sent = true;
    return false;
}

/* A yardstick of the bench, and never a part of the product: what the same work costs in C.
 *
 * The like of bare_loop.py: the first line of a connection names its room, a number, and is answered
 * "in"; every further line is told to all in the room, its sender too. What has come for a room in a
 * turn of the loop is gathered, and goes to each member with one send. Nobody logs in, nothing is
 * stored, no queue has a bound. bench/server/peers.py builds it into a temporary directory.
 *
 *     cc -O2 -o gather gather.c && ./gather PORT
 */

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOMS = 65536, DESCRIPTORS = 65536, EVENTS = 1024, RECEIVE = 65536, TAIL = 128 };

struct bytes {
    char *data;
    size_t length, room;
};

struct member {
    int room;              /* -1: has not named one */
    int place;             /* among the members of its room */
    size_t tail_length;    /* of the line that has not ended */
    char tail[TAIL];
    struct bytes queue;    /* what could not be sent yet */
};

struct room {
    int *members, count, space;
    int talked_in;
    struct bytes gathered;
};

static struct member *members[DESCRIPTORS];
static struct room rooms[ROOMS];
static int talked_in[ROOMS], talked_in_count;
static int poller;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void append(struct bytes *to, const char *data, size_t length)
{
    if (to->length + length > to->room) {
        to->room = 2 * (to->length + length);
        to->data = realloc(to->data, to->room);
        if (!to->data)
            fail("realloc");
    }
    memcpy(to->data + to->length, data, length);
    to->length += length;
}

static void watch(int descriptor, int how, unsigned events)
{
    struct epoll_event event = {.events = events, .data.fd = descriptor};
    if (epoll_ctl(poller, how, descriptor, &event) < 0)
        fail("epoll_ctl");
}

static size_t sent_of(int descriptor, const char *data, size_t length)
{
    ssize_t sent = send(descriptor, data, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent < 0 ? 0 : (size_t)sent;
}

static void tell(int descriptor, const char *data, size_t length)
{
    struct bytes *queue = &members[descriptor]->queue;
    size_t sent = 0;
    if (!queue->length) {
        sent = sent_of(descriptor, data, length);
        if (sent == length)
            return;
        watch(descriptor, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
    append(queue, data + sent, length - sent);
}

static void flush(int descriptor)
{
    struct bytes *queue = &members[descriptor]->queue;
    size_t sent = sent_of(descriptor, queue->data, queue->length);
    memmove(queue->data, queue->data + sent, queue->length - sent);
    queue->length -= sent;
    if (!queue->length)
        watch(descriptor, EPOLL_CTL_MOD, EPOLLIN);
}

static void enter(int descriptor, int number)
{
    struct member *member = members[descriptor];
    struct room *room = &rooms[number & (ROOMS - 1)];
    if (room->count == room->space) {
        room->space = room->space ? 2 * room->space : 2;
        room->members = realloc(room->members, room->space * sizeof *room->members);
        if (!room->members)
            fail("realloc");
    }
    member->room = number & (ROOMS - 1);
    member->place = room->count;
    room->members[room->count++] = descriptor;
    tell(descriptor, "in\n", 3);
}

static void lose(int descriptor)
{
    struct member *member = members[descriptor];
    if (member->room >= 0) {
        struct room *room = &rooms[member->room];
        int last = room->members[--room->count];
        room->members[member->place] = last;
        members[last]->place = member->place;
    }
    close(descriptor);
    free(member->queue.data);
    free(member);
    members[descriptor] = NULL;
}

/* Whole lines, each with its end. */
static void say(struct member *member, const char *data, size_t length)
{
    struct room *room = &rooms[member->room];
    if (!room->talked_in) {
        room->talked_in = 1;
        talked_in[talked_in_count++] = member->room;
    }
    append(&room->gathered, data, length);
}

static void hear(int descriptor)
{
    static char data[TAIL + RECEIVE];
    struct member *member = members[descriptor];
    memcpy(data, member->tail, member->tail_length);
    ssize_t came = recv(descriptor, data + member->tail_length, RECEIVE, MSG_DONTWAIT);
    if (came < 0 && errno == EAGAIN)
        return;
    if (came <= 0) {
        lose(descriptor);
        return;
    }
    char *from = data, *end = data + member->tail_length + came;
    char *last = memrchr(data, '\n', end - data);
    if (member->room < 0 && last) {
        enter(descriptor, atoi(data));
        from = (char *)memchr(data, '\n', end - data) + 1;
    }
    if (last && last + 1 > from) {
        say(member, from, last + 1 - from);
        from = last + 1;
    }
    if (end - from > TAIL) {
        lose(descriptor); /* no line of ours is that long */
        return;
    }
    member->tail_length = end - from;
    memmove(member->tail, from, member->tail_length);
}

static void take(int listener)
{
    int descriptor, on = 1;
    while ((descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (descriptor >= DESCRIPTORS) {
            close(descriptor);
            continue;
        }
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        members[descriptor] = calloc(1, sizeof **members);
        if (!members[descriptor])
            fail("calloc");
        members[descriptor]->room = -1;
        watch(descriptor, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void tell_all(void)
{
    for (int each = 0; each < talked_in_count; each++) {
        struct room *room = &rooms[talked_in[each]];
        for (int place = 0; place < room->count; place++)
            tell(room->members[place], room->gathered.data, room->gathered.length);
        room->gathered.length = 0;
        room->talked_in = 0;
    }
    talked_in_count = 0;
}

int main(int count, char **arguments)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct epoll_event events[EVENTS];
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;

    address.sin_port = htons(count > 1 ? atoi(arguments[1]) : 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0)
        fail("bind");
    if (listen(listener, 4096) < 0)
        fail("listen");
    poller = epoll_create1(0);
    watch(listener, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS, -1);
        for (int each = 0; each < ready; each++) {
            int descriptor = events[each].data.fd;
            if (descriptor == listener) {
                take(listener);
                continue;
            }
            if (events[each].events & EPOLLOUT)
                flush(descriptor);
            if (events[each].events & ~EPOLLOUT)
                hear(descriptor);
        }
        tell_all();
    }
}

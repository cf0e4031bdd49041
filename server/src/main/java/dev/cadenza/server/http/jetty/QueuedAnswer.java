package dev.cadenza.server.http.jetty;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is taken from its writer, up to {@value #MOST_QUEUED} bytes and as long as the memory for all answers lasts, and sent as fast as the client reads
 * it. No thread waits for the client, unless it writes more than that at once.
 */
final class QueuedAnswer extends Response.Wrapper {
    private static final int MOST_QUEUED = 1 << 18;
    private static final int MOST_COPIED = 1 << 16;

    /** @param writer called when the part was sent; null if it was called already */
    private record Part(
            boolean last,
            @Nullable ByteBuffer content,
            int size,
            @Nullable Callback writer) {}

    private final Callback answered;
    private final MemoryBudget memory;
    private final Sender sender = new Sender();
    private final Object lock = new Object();
    private final Deque<Part> parts = new ArrayDeque<>();
    private int queued;
    private boolean lastQueued;
    private boolean ended;
    private @Nullable Throwable failure;

    /**
     * An answer in place of another.
     *
     * @param answered called when everything has been sent
     * @param memory for what is queued; when there is none left, the writer waits for the client
     */
    QueuedAnswer(Request request, Response response, Callback answered, MemoryBudget memory) {
        super(request, response);
        this.memory = memory;
        this.answered = answered;
    }

    /** What a handler calls when it has written everything. */
    Callback end() {
        return Callback.from(() -> end(null), this::end);
    }

    @Override
    public boolean hasLastWrite() {
        synchronized (lock) {
            return lastQueued || super.hasLastWrite();
        }
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback writer) {
        int size = content == null ? 0 : content.remaining();
        boolean taken = false;
        Throwable failed;
        synchronized (lock) {
            failed = failure;
            if (failed == null) {
                taken = size <= MOST_COPIED && queued + size <= MOST_QUEUED && memory.take(size);
                ByteBuffer kept = taken && content != null ? BufferUtil.copy(content) : content;
                if (taken && content != null) {
                    content.position(content.limit());
                }
                parts.add(new Part(last, kept, size, taken ? null : writer));
                queued += size;
                lastQueued |= last;
            }
        }
        if (failed != null) {
            writer.failed(failed);
            return;
        }
        sender.iterate();
        if (taken) {
            writer.succeeded();
        }
    }

    private void end(@Nullable Throwable handlerFailure) {
        Throwable failed;
        synchronized (lock) {
            if (failure == null) {
                failure = handlerFailure;
            }
            failed = failure;
            ended = true;
        }
        if (failed == null) {
            sender.iterate();
        } else {
            // Safe while a part is in the sender: that part has committed the response, so that failing cuts the
            // connection
            // and writes no second answer. The part then fails, and the sender, which sees the failure, tells nobody
            // again.
            answered.failed(failed);
        }
    }

    /** Sends one part after the other. */
    private final class Sender extends IteratingCallback {
        private @Nullable Part sent;

        @Override
        protected Action process() {
            Part next;
            synchronized (lock) {
                next = parts.poll();
                if (next == null) {
                    return ended && failure == null ? Action.SUCCEEDED : Action.IDLE;
                }
                sent = next;
            }
            getWrapped().write(next.last(), next.content(), this);
            return Action.SCHEDULED;
        }

        @Override
        protected void onSuccess() {
            Part done;
            synchronized (lock) {
                done = sent;
                sent = null;
                queued -= done == null ? 0 : done.size();
            }
            if (done == null) {
                return;
            }
            Callback writer = done.writer();
            if (writer == null) {
                memory.giveBack(done.size());
            } else {
                writer.succeeded();
            }
        }

        @Override
        protected void onCompleteSuccess() {
            answered.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            Deque<Part> unsent;
            boolean tell;
            synchronized (lock) {
                unsent = new ArrayDeque<>(parts);
                parts.clear();
                if (sent != null) {
                    unsent.addFirst(sent);
                    sent = null;
                }
                tell = ended && failure == null;
                if (failure == null) {
                    failure = cause;
                }
            }
            for (Part part : unsent) {
                Callback writer = part.writer();
                if (writer == null) {
                    memory.giveBack(part.size());
                } else {
                    writer.failed(cause);
                }
            }
            if (tell) {
                answered.failed(cause);
            }
        }
    }
}

package dev.cadenza.server.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class QueuedAnswerTest {
    /** What the client has not read yet. */
    private final Deque<Callback> unread = new ArrayDeque<>();

    private final MemoryBudget memory = new MemoryBudget(100);
    private int written;
    private int failed;

    private QueuedAnswer answer() {
        ClassLoader loader = QueuedAnswerTest.class.getClassLoader();
        Request request = (Request)
                Proxy.newProxyInstance(loader, new Class<?>[] {Request.class}, (proxy, method, arguments) -> null);
        Response response = (Response) Proxy.newProxyInstance(
                loader, new Class<?>[] {Response.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        unread.add((Callback) Objects.requireNonNull(arguments)[2]);
                    }
                    return null;
                });
        return new QueuedAnswer(request, response, Callback.NOOP, memory);
    }

    private void write(QueuedAnswer answer, int bytes) {
        answer.write(false, ByteBuffer.allocate(bytes), Callback.from(() -> written++, cause -> failed++));
    }

    @Test
    void whoeverWritesWaitsWhenTheMemoryOfAllAnswersIsTaken() {
        QueuedAnswer first = answer();
        QueuedAnswer second = answer();
        write(first, 60);
        write(second, 60);
        assertThat(written).isEqualTo(1);
        assertThat(memory.taken()).isEqualTo(60);
        unread.remove().succeeded();
        assertThat(memory.taken()).isZero();
        unread.remove().succeeded();
        assertThat(written).isEqualTo(2);
        assertThat(memory.taken()).isZero();
    }

    @Test
    void anAnswerThatFailsGivesItsMemoryBack() {
        QueuedAnswer answer = answer();
        write(answer, 60);
        write(answer, 30);
        write(answer, 30);
        assertThat(memory.taken()).isEqualTo(90);
        unread.remove().failed(new IOException("the client has gone"));
        assertThat(memory.taken()).isZero();
        write(answer, 30);
        assertThat(memory.taken()).isZero();
        assertThat(written).isEqualTo(2);
        assertThat(failed).isEqualTo(2);
    }
}

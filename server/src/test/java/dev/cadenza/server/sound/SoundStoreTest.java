package dev.cadenza.server.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.server.sound.SoundStore.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoundStoreTest {
    private final SoundStore store = new SoundStore(100);
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void close() {
        store.close();
    }

    private Sound get(String key, int bytes) throws Exception {
        return store.get(key, to -> {
                    made.incrementAndGet();
                    Files.write(to, new byte[bytes]);
                    return CompletableFuture.<Void>completedFuture(null);
                })
                .join();
    }

    @Test
    void whatIsThereIsNotMadeAgain() throws Exception {
        assertThat(store.ready("a")).isNull();
        Sound first = get("a", 40);
        assertThat(first.bytes()).isEqualTo(40);
        assertThat(get("a", 7)).isEqualTo(first);
        assertThat(store.ready("a")).isEqualTo(first);
        assertThat(made).hasValue(1);
    }

    @Test
    void whoAsksMeanwhileWaitsForTheSame() throws Exception {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        Path[] where = new Path[1];
        CompletableFuture<Sound> one = store.get("a", to -> {
            where[0] = to;
            return slow;
        });
        CompletableFuture<Sound> two = store.get("a", to -> {
            throw new IllegalStateException("it is being made");
        });
        assertThat(two).isNotDone();
        Files.write(where[0], new byte[3]);
        slow.complete(null);
        assertThat(one.join()).isEqualTo(two.join());
        assertThat(one.join().bytes()).isEqualTo(3);
    }

    @Test
    void whatWasNotAskedForLongestGoesFirst() throws Exception {
        Sound a = get("a", 40);
        Sound b = get("b", 40);
        get("a", 40);
        get("c", 40);
        assertThat(store.ready("b")).isNull();
        assertThat(b.file()).doesNotExist();
        assertThat(store.ready("a")).isEqualTo(a);
        assertThat(a.file()).exists();
        get("large", 1000);
        assertThat(store.ready("a")).isNull();
        assertThat(store.ready("large")).isNotNull();
    }

    @Test
    void whatFailedIsMadeAnewAndLeavesNothing() throws Exception {
        Path[] where = new Path[1];
        CompletableFuture<Sound> failed = store.get("a", to -> {
            where[0] = to;
            Files.write(to, new byte[3]);
            return CompletableFuture.<Void>failedFuture(new IOException("no"));
        });
        assertThatThrownBy(failed::join).hasMessageContaining("no");
        assertThat(where[0]).doesNotExist();
        assertThatThrownBy(() -> store.get("a", to -> {
                    throw new IOException("not even begun");
                }))
                .isInstanceOf(IOException.class);
        assertThat(get("a", 5).bytes()).isEqualTo(5);
    }

    @Test
    void closingTakesTheFolderAway() throws Exception {
        Sound a = get("a", 40);
        store.close();
        assertThat(a.file().getParent()).doesNotExist();
    }
}

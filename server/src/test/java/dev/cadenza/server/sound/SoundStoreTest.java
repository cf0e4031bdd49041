package dev.cadenza.server.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadenza.server.sound.SoundStore.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoundStoreTest {
    private final SoundStore store = new SoundStore(100);
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private Sound get(String key, int bytes) throws Exception {
        return store.get(key, to -> {
                    made.incrementAndGet();
                    to.write(file -> Files.write(file, new byte[bytes]));
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
    void whatItsMakerSaysIsKeptAsLongAsTheSound() throws Exception {
        for (int i = 0; i < 1000; i++) {
            String note = i % 2 == 0 ? "note " + i : null;
            Sound sound = store.get("key " + i, to -> {
                        to.note(note);
                        to.write(file -> Files.write(file, new byte[0]));
                        return CompletableFuture.<Void>completedFuture(null);
                    })
                    .join();
            assertThat(sound.note()).isEqualTo(note);
        }
        assertThat(Objects.requireNonNull(store.ready("key 0")).note()).isEqualTo("note 0");
        assertThat(get("key 1", 3).note()).isNull();
    }

    @Test
    void whoAsksMeanwhileWaitsForTheSame() throws Exception {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        SoundStore.Target[] where = new SoundStore.Target[1];
        CompletableFuture<Sound> one = store.get("a", to -> {
            where[0] = to;
            return slow;
        });
        CompletableFuture<Sound> two = store.get("a", to -> {
            throw new IllegalStateException("it is being made");
        });
        assertThat(two).isNotDone();
        where[0].write(file -> Files.write(file, new byte[3]));
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
            to.write(file -> {
                where[0] = file;
                Files.write(file, new byte[3]);
            });
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
    void whatACleanerTookIsMadeAgain() throws Exception {
        Sound file = get("a", 40);
        Files.delete(file.file());
        assertThat(store.ready("a")).isNull();
        assertThat(get("a", 41).bytes()).isEqualTo(41);
        deleteAll(file.file().resolveSibling(""));
        assertThat(store.ready("a")).isNull();
        assertThat(get("b", 5).file()).exists();
        assertThat(get("a", 42).bytes()).isEqualTo(42);
    }

    @Test
    void aFolderThatVanishesWhileASoundIsMadeIsMadeAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Sound sound = store.get("a", to -> {
                    to.write(file -> {
                        if (attempts.incrementAndGet() == 1) {
                            deleteAll(file.resolveSibling(""));
                        }
                        Files.write(file, new byte[9]);
                    });
                    return CompletableFuture.<Void>completedFuture(null);
                })
                .join();
        assertThat(attempts).hasValue(2);
        assertThat(sound.file()).hasSize(9);
    }

    @Test
    void aFullDiskIsTriedAgainWithoutWhatIsKeptAndThenIsTheAnswer() throws Exception {
        Sound kept = get("kept", 40);
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<Sound> full = store.get("a", to -> {
            try {
                to.write(file -> {
                    Files.write(file, new byte[3]);
                    if (attempts.incrementAndGet() == 2) {
                        assertThat(kept.file()).doesNotExist();
                    }
                    throw new IOException("No space left on device");
                });
                return CompletableFuture.<Void>completedFuture(null);
            } catch (IOException e) {
                return CompletableFuture.<Void>failedFuture(e);
            }
        });
        assertThatThrownBy(full::join).hasRootCauseInstanceOf(IOException.class).hasMessageContaining("No space left");
        assertThat(attempts).hasValue(2);
        try (Stream<Path> left = Files.list(kept.file().resolveSibling(""))) {
            assertThat(left.filter(file -> file.toString().endsWith(".wav"))).isEmpty();
        }
    }

    @Test
    void whoWaitsWhenItStopsIsToldWhy() throws Exception {
        CompletableFuture<Sound> waiting = store.get("a", to -> new CompletableFuture<>());
        store.stop(new IllegalStateException("the end"));
        assertThatThrownBy(waiting::join).hasMessageContaining("the end");
        assertThatThrownBy(() -> get("b", 1)).hasMessageContaining("the end");
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Test
    void closingTakesTheFolderAway() throws Exception {
        Sound a = get("a", 40);
        store.close();
        assertThat(a.file().getParent()).doesNotExist();
    }
}

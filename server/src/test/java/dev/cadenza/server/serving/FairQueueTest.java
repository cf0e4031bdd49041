package dev.cadenza.server.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static FairQueue<String> queue(String... elements) {
        FairQueue<String> queue = new FairQueue<>(element -> element.substring(0, 1));
        queue.addAll(List.of(elements));
        return queue;
    }

    private static List<String> drain(FairQueue<String> queue) {
        List<String> taken = new ArrayList<>();
        for (String next = queue.poll(); next != null; next = queue.poll()) {
            taken.add(next);
        }
        return taken;
    }

    @Test
    void takesClientsInTurns() {
        FairQueue<String> queue = queue("a1", "a2", "a3", "b1", "c1", "c2");
        assertThat(queue).containsExactly("a1", "b1", "c1", "a2", "c2", "a3").hasSize(6);
        assertThat(queue.poll()).isEqualTo("a1");
        queue.add("d1");
        assertThat(queue.peek()).isEqualTo("b1");
        assertThat(drain(queue)).containsExactly("b1", "c1", "a2", "d1", "c2", "a3");
        assertThat(queue).isEmpty();
        assertThat(queue.peek()).isNull();
    }

    @Test
    void losesWhatIsRemoved() {
        FairQueue<String> queue = queue("a1", "b1", "a2");
        assertThat(queue.remove("b1")).isTrue();
        assertThat(queue.remove("b1")).isFalse();
        assertThat(queue.remove("a1")).isTrue();
        assertThat(queue).hasSize(1);
        assertThat(drain(queue)).containsExactly("a2");
        queue.add("a3");
        queue.clear();
        assertThat(queue.poll()).isNull();
        assertThat(queue).isEmpty();
    }
}

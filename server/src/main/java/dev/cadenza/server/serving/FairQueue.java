package dev.cadenza.server.serving;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A queue that takes clients in turns: each client's elements in the order of their arrival, one of a client and then one
 * of the next. Not safe for use from many threads.
 */
final class FairQueue<E> extends AbstractQueue<E> {
    private final Function<E, String> client;

    /** Whose turn it is comes first; no client is in it without an element. */
    private final Map<String, Queue<E>> clients = new LinkedHashMap<>();

    private int size;

    /** @param client the name of the one whose element it is */
    FairQueue(Function<E, String> client) {
        this.client = client;
    }

    @Override
    public boolean offer(E element) {
        clients.computeIfAbsent(client.apply(element), name -> new ArrayDeque<>())
                .add(element);
        size++;
        return true;
    }

    @Override
    public @Nullable E peek() {
        return clients.isEmpty() ? null : clients.values().iterator().next().peek();
    }

    @Override
    public @Nullable E poll() {
        E first = peek();
        if (first != null) {
            take(first);
        }
        return first;
    }

    @Override
    public boolean remove(@Nullable Object element) {
        Iterator<Queue<E>> each = clients.values().iterator();
        while (each.hasNext()) {
            Queue<E> elements = each.next();
            if (elements.remove(element)) {
                size--;
                if (elements.isEmpty()) {
                    each.remove();
                }
                return true;
            }
        }
        return false;
    }

    /** Removes an element whose turn has come: its client is the last to be asked again. */
    void take(E element) {
        if (remove(element)) {
            String name = client.apply(element);
            Queue<E> others = clients.remove(name);
            if (others != null) {
                clients.put(name, others);
            }
        }
    }

    @Override
    public void clear() {
        clients.clear();
        size = 0;
    }

    @Override
    public int size() {
        return size;
    }

    /** In the order in which they would be taken, over the elements that are there now. */
    @Override
    public Iterator<E> iterator() {
        List<E> inTurns = new ArrayList<>(size);
        List<Iterator<E>> left = new ArrayList<>();
        clients.values().forEach(elements -> left.add(elements.iterator()));
        while (!left.isEmpty()) {
            left.removeIf(elements -> !elements.hasNext());
            left.forEach(elements -> inTurns.add(elements.next()));
        }
        return List.copyOf(inTurns).iterator();
    }
}

package dev.cadenza.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The suffix automaton of some texts (Blumer et al., 1985), which reads others once and knows how much of each was in them.
 * About two states per token of the texts; the time is that of reading. Add all texts first, then read, then ask.
 *
 * <p>Tokens are at least 0.
 */
final class SuffixAutomaton {
    private static final int NONE = -1;

    private final List<int[]> texts = new ArrayList<>();
    private final Map<Long, Integer> edges = new HashMap<>();
    private final Map<Integer, List<Integer>> tokensOut = new HashMap<>();
    private int[] length = new int[64];
    private int[] link = new int[64];
    private int[] matched = new int[64];
    private int states = 1;

    SuffixAutomaton() {
        link[0] = NONE;
    }

    /** Adds a text; {@link #longest} names it by its place. */
    void add(int[] text) {
        texts.add(text);
        int last = 0;
        for (int token : text) {
            last = extend(last, token);
        }
    }

    private static long edge(int state, int token) {
        return (long) state << 32 | token;
    }

    private int next(int state, int token) {
        return edges.getOrDefault(edge(state, token), NONE);
    }

    private void setNext(int state, int token, int to) {
        if (edges.put(edge(state, token), to) == null) {
            tokensOut.computeIfAbsent(state, unused -> new ArrayList<>()).add(token);
        }
    }

    private int state(int ofLength, int ofLink) {
        if (states == length.length) {
            length = Arrays.copyOf(length, 2 * states);
            link = Arrays.copyOf(link, 2 * states);
            matched = Arrays.copyOf(matched, 2 * states);
        }
        length[states] = ofLength;
        link[states] = ofLink;
        return states++;
    }

    private int extend(int last, int token) {
        int there = next(last, token);
        if (there != NONE) {
            // Another text went this way.
            return length[there] == length[last] + 1 ? there : split(last, token, there);
        }
        int added = state(length[last] + 1, 0);
        int at = last;
        while (at != NONE && next(at, token) == NONE) {
            setNext(at, token, added);
            at = link[at];
        }
        if (at != NONE) {
            int target = next(at, token);
            // In two steps: a split may put other arrays in the place of these.
            int linked = length[target] == length[at] + 1 ? target : split(at, token, target);
            link[added] = linked;
        }
        return added;
    }

    private int split(int from, int token, int target) {
        int clone = state(length[from] + 1, link[target]);
        for (int out : List.copyOf(tokensOut.getOrDefault(target, List.of()))) {
            setNext(clone, out, next(target, out));
        }
        link[target] = clone;
        int at = from;
        while (at != NONE && next(at, token) == target) {
            setNext(at, token, clone);
            at = link[at];
        }
        return clone;
    }

    /** Reads another text. */
    void read(int[] text) {
        int state = 0;
        int run = 0;
        for (int token : text) {
            int to = next(state, token);
            while (to == NONE && state != 0) {
                state = link[state];
                run = length[state];
                to = next(state, token);
            }
            if (to == NONE) {
                continue;
            }
            state = to;
            run++;
            matched[state] = Math.max(matched[state], run);
        }
    }

    /** For each text in the order of {@link #add}: tokens of the longest run that what was read has too. */
    int[] longest() {
        Integer[] byLength = new Integer[states];
        Arrays.setAll(byLength, i -> i);
        Arrays.sort(byLength, (a, b) -> Integer.compare(length[b], length[a]));
        int[] whole = matched.clone();
        for (int state : byLength) {
            if (whole[state] > 0 && link[state] > 0) {
                whole[link[state]] = length[link[state]];
            }
        }
        int[] upwards = new int[states];
        for (int i = states - 1; i >= 0; i--) {
            int state = byLength[i];
            int above = link[state] == NONE ? 0 : upwards[link[state]];
            upwards[state] = Math.max(above, Math.min(whole[state], length[state]));
        }
        int[] longest = new int[texts.size()];
        for (int text = 0; text < longest.length; text++) {
            int state = 0;
            for (int token : texts.get(text)) {
                state = next(state, token);
                longest[text] = Math.max(longest[text], upwards[state]);
            }
        }
        return longest;
    }
}

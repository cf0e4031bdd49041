package dev.cadenza.model;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The terms of a model, which follow from the data that it was trained on.
 *
 * @param id SPDX identifier, such as {@code CC-BY-NC-SA-4.0}
 * @param text what it means for the user, in a sentence or two
 * @param attribution whom to credit
 */
public record Licence(String id, String text, String attribution) {
    private static final String BEGUN = "Begun with a model trained on ";
    private static final Pattern PARTS = Pattern.compile(" (?=" + BEGUN + ")");
    private static final Pattern HOW = Pattern.compile("^(?:Trained on |" + BEGUN + ")");

    public Licence {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id of the licence must not be blank");
        }
    }

    /**
     * The text with the terms of each data once: a model that was begun with others on the same data repeats them for
     * each.
     */
    public String terms() {
        Set<String> said = new HashSet<>();
        return PARTS.splitAsStream(text)
                .filter(part -> said.add(HOW.matcher(part).replaceFirst("")))
                .collect(Collectors.joining(" "));
    }
}

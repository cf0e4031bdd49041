package dev.cadenza.model;

/**
 * The terms of a model, which follow from the data that it was trained on.
 *
 * @param id SPDX identifier, such as {@code CC-BY-NC-SA-4.0}
 * @param text what it means for the user, in a sentence or two
 * @param attribution whom to credit
 */
public record Licence(String id, String text, String attribution) {
    public Licence {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id of the licence must not be blank");
        }
    }
}

package dev.cadenza.trainer.study.result;

import org.jspecify.annotations.Nullable;

/**
 * What the cells of all trainings have in common; a cell without seconds is of none.
 *
 * @param corpus of piano rolls; null of a training on performances
 * @param trainNotes that it was trained on
 * @param notes the same, under the name that some cells have for it
 * @param seed null stands for 1
 */
public record TrainingSummary(
        @Nullable Double seconds,
        @Nullable String corpus,
        @Nullable Long trainNotes,
        @Nullable Long notes,
        @Nullable Long seed,
        long updates,
        @Nullable Integer threads) {}

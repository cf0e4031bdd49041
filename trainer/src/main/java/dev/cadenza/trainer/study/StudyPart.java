package dev.cadenza.trainer.study;

/**
 * A part of the study.
 *
 * @param number from 1, as in the report
 */
public record StudyPart(int number, String title, Experiment experiment, Section section) {}

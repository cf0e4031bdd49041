package dev.cadenza.exporter.kind;

/**
 * What the card of one kind says; what all cards say stands around it. Whole lines of Markdown.
 *
 * @param model what the model is, in a paragraph
 * @param abilities what it can do, and what it cannot, as a list
 * @param measures how its figures are to be read, in a paragraph
 * @param commands that make it, one a line
 * @param proof how the file was compared with the trained network, in a paragraph
 */
public record CardText(String model, String abilities, String measures, String commands, String proof) {}

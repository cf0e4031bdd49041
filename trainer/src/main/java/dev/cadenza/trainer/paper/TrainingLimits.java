package dev.cadenza.trainer.paper;

/**
 * When training ends and how often it is measured.
 *
 * @param epochs passes over the training split, at least 1
 * @param minutes of training in all, resumed parts counted in, above 0; infinite for no limit
 * @param patience validations without a lower loss until training stops early, at least 1
 * @param validateEvery updates between validations, at least 1; each epoch ends with one too
 */
public record TrainingLimits(int epochs, double minutes, int patience, int validateEvery) {
    public TrainingLimits {
        atLeastOne("epochs", epochs);
        atLeastOne("patience", patience);
        atLeastOne("validate-every", validateEvery);
        if (!(minutes > 0)) {
            throw new IllegalArgumentException("minutes (" + minutes + ") must be above 0");
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
        }
    }
}

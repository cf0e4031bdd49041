package dev.cadenza.trainer.study.result;

import java.util.Locale;

/** Rules by which a network's parameters are updated. */
public enum OptimiserRule {
    ADAM("Adam"),
    SGD("SGD"),
    NESTEROV("Nesterov"),
    RMSPROP("RMSprop"),
    ADAGRAD("AdaGrad"),
    /** It has no learning rate: the grid is of its epsilon. */
    ADADELTA("AdaDelta"),
    NADAM("Nadam"),
    AMSGRAD("AMSGrad");

    private final String title;

    OptimiserRule(String title) {
        this.title = title;
    }

    /** As in cells and tables. */
    public String title() {
        return title;
    }

    String id() {
        return title.toLowerCase(Locale.ROOT);
    }
}

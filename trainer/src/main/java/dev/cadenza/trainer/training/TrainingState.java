package dev.cadenza.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.network.CarriedState;

/** Where a run stands: all that a resumed run needs in addition to the network and its updater's state. */
final class TrainingState {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Epochs and, within the current one, batches that are done. */
    int epoch;

    int batch;
    long updates;
    long notes;
    double seconds;
    double epochLossSum;
    double bestValidation = Double.POSITIVE_INFINITY;
    long bestUpdate;
    int validationsSinceBest;
    long validatedUpdate;

    /** Empty when the preset carries no state, or an epoch has just begun. */
    CarriedState carried = CarriedState.NONE;

    static TrainingState fromJson(ObjectNode node) {
        TrainingState state = new TrainingState();
        state.epoch = node.path("epoch").asInt();
        state.batch = node.path("batch").asInt();
        state.updates = node.path("updates").asLong();
        state.notes = node.path("notes").asLong();
        state.seconds = node.path("seconds").asDouble();
        state.epochLossSum = node.path("epoch_loss_sum").asDouble();
        state.bestValidation = node.path("best_validation")
                .asDouble(node.path("best_validation_mse").asDouble(Double.POSITIVE_INFINITY));
        state.bestUpdate = node.path("best_update").asLong();
        state.validationsSinceBest = node.path("validations_since_best").asInt();
        state.validatedUpdate = node.path("validated_update").asLong();
        state.carried = CarriedState.fromJson(node.path("carried"));
        return state;
    }

    ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("epoch", epoch).put("batch", batch).put("updates", updates).put("notes", notes);
        node.put("seconds", seconds).put("epoch_loss_sum", epochLossSum);
        if (bestValidation < Double.POSITIVE_INFINITY) {
            node.put("best_validation", bestValidation);
        }
        node.put("best_update", bestUpdate).put("validations_since_best", validationsSinceBest);
        node.put("validated_update", validatedUpdate);
        node.set("carried", carried.toJson());
        return node;
    }
}

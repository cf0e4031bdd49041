package dev.cadenza.server.catalog;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.problem.UnknownModel;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ModelAdministration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Carries out orders on a library, and looks at its folder before each. For one thread. */
final class Orders implements ModelAdministration {
    private final Library library;

    Orders(Library library) {
        this.library = library;
    }

    @Override
    public void load(String name, OptionalInt version) throws ProblemException {
        Shelf shelf = shelf(name);
        try {
            if (version.isPresent()) {
                int number = version.getAsInt();
                requireOpened(holding(shelf, number));
                library.choose(name, shelf, shelf.choice().withoutPin(number));
                shelf.ordered().add(number);
            } else {
                shelf.holdings().values().forEach(Holding::forgetRefusal);
                library.choose(name, shelf, shelf.choice().withoutPins());
            }
        } finally {
            shelf.refresh();
        }
        if (shelf.serving() == 0) {
            throw new ProblemException(
                    ProblemType.VERSION_NOT_SERVING, name + ": no version of it is good" + reasons(shelf));
        }
    }

    private static String reasons(Shelf shelf) {
        List<String> reasons = shelf.statuses().stream()
                .map(status -> status.id() + " " + status.reason().orElse(""))
                .toList();
        return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
    }

    @Override
    public void unload(String name, OptionalInt version) throws ProblemException {
        Shelf shelf = shelf(name);
        if (version.isPresent()) {
            int number = version.getAsInt();
            holding(shelf, number);
            if (shelf.choice().names(number)) {
                throw conflict(name + "@" + number + " has a label; move or remove that first");
            }
            library.choose(name, shelf, shelf.choice().withPins(Set.of(number), Choice.Pin.UNLOADED));
            shelf.ordered().remove(number);
        } else {
            library.choose(name, shelf, shelf.choice().withPins(shelf.holdings().keySet(), Choice.Pin.UNLOADED));
            shelf.ordered().clear();
        }
        shelf.refresh();
    }

    @Override
    public void label(String name, String label, Label target) throws ProblemException {
        Shelf shelf = shelf(name);
        try {
            requireOpened(holding(shelf, target.version()));
            Choice choice = shelf.choice().withLabel(label, target).withoutPin(target.version());
            if (choice.sharesWithCanary() && choice.label(Label.STABLE) == null) {
                throw conflict("a canary has a share of what a stable version gets: label one of " + name
                        + "'s versions stable first");
            }
            library.choose(name, shelf, choice);
        } finally {
            shelf.refresh();
        }
    }

    @Override
    public void unlabel(String name, String label) throws ProblemException {
        Shelf shelf = shelf(name);
        if (shelf.choice().label(label) == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, name + " has no label " + ProblemException.quotable(label));
        }
        Choice choice = shelf.choice().withoutLabel(label);
        if (choice.sharesWithCanary() && choice.label(Label.STABLE) == null) {
            throw conflict("the canary has a share of what the stable version gets: remove the canary first");
        }
        library.choose(name, shelf, choice);
        shelf.refresh();
    }

    @Override
    public void rollback(String name) throws ProblemException {
        Shelf shelf = shelf(name);
        int now = shelf.serving();
        if (now == 0) {
            throw conflict(name + " is not being served");
        }
        int target = before(shelf, now);
        try {
            Choice choice = shelf.choice();
            Label stable = choice.label(Label.STABLE);
            if (stable != null && stable.version() == now) {
                library.choose(name, shelf, choice.withLabel(Label.STABLE, new Label(target, 0)));
            } else {
                Set<Integer> higher = shelf.holdings().tailMap(target, false).keySet();
                library.choose(name, shelf, choice.withPins(higher, Choice.Pin.ROLLED_BACK));
                higher.forEach(shelf.ordered()::remove);
            }
        } finally {
            shelf.refresh();
        }
        shelf.forgetPrevious();
    }

    /** The version that was served before, else the next lower one that is good. */
    private static int before(Shelf shelf, int now) throws ProblemException {
        Holding previous = shelf.holding(shelf.previous());
        if (previous != null && previous.open()) {
            return shelf.previous();
        }
        for (Holding lower :
                shelf.holdings().headMap(now, false).descendingMap().values()) {
            if (!shelf.choice().pins().containsKey(lower.id().version()) && lower.open()) {
                return lower.id().version();
            }
        }
        throw conflict("there is no good version before " + now + " to go back to");
    }

    private Shelf shelf(String name) throws ProblemException {
        library.list();
        return library.find(name).orElseThrow(() -> UnknownModel.named(name, library.names()));
    }

    private static Holding holding(Shelf shelf, int version) throws ProblemException {
        Holding holding = shelf.holding(version);
        if (holding == null) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_MODEL,
                    "the model has no version " + version + "; "
                            + UnknownModel.thereAre("versions", shelf.holdings().keySet()));
        }
        return holding;
    }

    /** An order is worth another try, whatever came of the last one. */
    private static void requireOpened(Holding holding) throws ProblemException {
        boolean good = (holding.isLoaded() && holding.note() == null) || holding.openAnew();
        if (!good) {
            throw new ProblemException(
                    ProblemType.VERSION_NOT_SERVING,
                    holding.id() + " is not served: " + holding.refusal().orElse("it is still being loaded"));
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.CONFLICT, detail);
    }
}

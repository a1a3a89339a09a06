package io.github.fallbackai.test;

/**
 * What goes wrong with a reply that would have been complete.
 */
@FunctionalInterface
interface Fault {

	/** Nothing. */
	Fault NONE = (rendering, reply) -> reply;

	Reply strike(Rendering rendering, Reply reply);

	default Fault andThen(Fault next) {
		return (rendering, reply) -> next.strike(rendering, strike(rendering, reply));
	}

}

// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: catches everything that a listener throws, also a failed assertion or a
 * missing class, so that no call ends with it. The first one is logged with its stack
 * trace, later ones briefly.
 */
public final class ListenerGuard {

	private static final Logger logger = LoggerFactory.getLogger(ListenerGuard.class);

	private final String name;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Creates a guard.
	 * @param listener the listener, for the log
	 */
	public ListenerGuard(Object listener) {
		this.name = listener.getClass().getName();
	}

	/** Runs an action of the listener. */
	public void run(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			caught(ex);
		}
	}

	/** Runs an action within a frame, or without it if the frame does not open. */
	void around(Consumer<Runnable> frame, Runnable action) {
		AtomicBoolean started = new AtomicBoolean();
		run(() -> frame.accept(() -> {
			started.set(true);
			action.run();
		}));
		if (!started.get()) {
			action.run();
		}
	}

	/**
	 * Asks the listener for a value.
	 * @param action asks for it
	 * @param otherwise the value if the listener throws
	 * @param <T> type of the value
	 * @return the value
	 */
	public <T extends @Nullable Object> T get(Supplier<T> action, T otherwise) {
		try {
			return action.get();
		}
		catch (Throwable ex) {
			caught(ex);
			return otherwise;
		}
	}

	private void caught(Throwable ex) {
		if (ex instanceof VirtualMachineError fatal && !(ex instanceof StackOverflowError)) {
			throw fatal;
		}
		if (this.failed.compareAndSet(false, true)) {
			logger.warn("Listener {} failed; further failures of it are logged at DEBUG", this.name, ex);
		}
		else {
			logger.debug("Listener {} failed: {}", this.name, ex.getClass().getName());
		}
	}

}

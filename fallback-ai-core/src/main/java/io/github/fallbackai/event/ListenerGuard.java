package io.github.fallbackai.event;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches everything that a listener throws, also a failed assertion or a missing class,
 * so that no call ends with it. The first one is logged with its stack trace, later ones
 * briefly.
 */
final class ListenerGuard {

	private static final Logger logger = LoggerFactory.getLogger(ListenerGuard.class);

	private final String name;

	private final AtomicBoolean failed = new AtomicBoolean();

	ListenerGuard(CallListener listener) {
		this.name = listener.getClass().getName();
	}

	void run(Runnable action) {
		get(() -> {
			action.run();
			return true;
		}, false);
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

	<T> T get(Supplier<T> action, T otherwise) {
		try {
			return action.get();
		}
		catch (VirtualMachineError ex) {
			throw ex;
		}
		catch (Throwable ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("Listener {} failed; further failures of it are logged at DEBUG", this.name, ex);
			}
			else {
				logger.debug("Listener {} failed: {}", this.name, ex.getClass().getName());
			}
			return otherwise;
		}
	}

}

package io.github.fallbackai.springai;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;

import org.springframework.util.ReflectionUtils;

/**
 * Tells once about a chat model that repeats failed requests itself: the next endpoint
 * has to wait meanwhile.
 */
final class HiddenRetries {

	private static final Logger logger = LoggerFactory.getLogger(HiddenRetries.class);

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	void tell(String bean, ChatModel model) {
		if (!this.told.add(bean)) {
			return;
		}
		int repetitions = repetitions(model);
		if (repetitions > 0) {
			logger.warn("Chat model '{}' repeats a failed request up to {} times itself, and the next endpoint waits"
					+ " meanwhile. Switch that off: spring.ai.retry.max-attempts=1, or max-retries=0 of the model",
					bean, repetitions);
		}
	}

	static int repetitions(ChatModel model) {
		try {
			Integer attempts = number(field(field(model, "retryTemplate"), "retryPolicy"), "getMaxAttempts");
			if (attempts != null) {
				return attempts - 1;
			}
			Integer retries = number(model.getDefaultOptions(), "getMaxRetries");
			return (retries != null) ? retries : 0;
		}
		catch (RuntimeException | LinkageError ex) {
			// Not known, so there is nothing to tell.
			return 0;
		}
	}

	private static @Nullable Object field(@Nullable Object owner, String name) {
		Field field = (owner != null) ? ReflectionUtils.findField(owner.getClass(), name) : null;
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, owner);
	}

	private static @Nullable Integer number(@Nullable Object owner, String name) {
		Method method = (owner != null) ? ReflectionUtils.findMethod(owner.getClass(), name) : null;
		return (method != null && ReflectionUtils.invokeMethod(method, owner) instanceof Integer number) ? number
				: null;
	}

}

// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;

import org.springframework.util.ReflectionUtils;

/**
 * Looks for the retries that chat models have inside: the next endpoint would have to
 * wait meanwhile. Retries of a template are switched off for the calls of this library.
 * Those of a provider's SDK belong to its client, so they can only be told. Safe for use
 * by several threads.
 */
final class HiddenRetries {

	private static final Logger logger = LoggerFactory.getLogger(HiddenRetries.class);

	/** By name of the bean. A bean may be a new object each time. */
	private final Map<String, Known> known = new ConcurrentHashMap<>();

	/** To be called before a model is asked. */
	void check(String bean, ChatModel model) {
		this.known.compute(bean, (name, before) -> {
			if (before != null && before.model() == model) {
				return before;
			}
			Object template = field(model, "retryTemplate");
			boolean same = before != null && before.template() == template;
			boolean off = same || (template != null && turnOff(template));
			if ((before == null || !same) && !(off && KnownModels.repeatsByTemplateOnly(model))) {
				tell(name, model);
			}
			return new Known(model, template);
		});
	}

	private static void tell(String bean, ChatModel model) {
		Integer retries = retries(ForeignGetters.guarded(model::getDefaultOptions));
		if (retries == null) {
			logger.warn(
					"Chat model '{}' may repeat failed requests itself, and the next endpoint would wait meanwhile:"
							+ " nothing is known of the retries of {}. If it has some, switch them off",
					bean, model.getClass().getName());
		}
		else if (retries > 0) {
			logger.warn("Chat model '{}' repeats a failed request up to {} times itself, and the next endpoint waits"
					+ " meanwhile. Switch that off with max-retries=0 of the model", bean, retries);
		}
	}

	private static boolean turnOff(Object template) {
		String type = template.getClass().getName();
		if (type.equals(SpringRetrySwitch.TEMPLATE)) {
			SpringRetrySwitch.turnOff(template);
			return true;
		}
		if (type.equals(SpringCoreRetrySwitch.TEMPLATE)) {
			SpringCoreRetrySwitch.turnOff(template);
			return true;
		}
		return false;
	}

	private static @Nullable Object field(Object owner, String name) {
		Field field = ReflectionUtils.findField(owner.getClass(), name);
		try {
			if (field != null) {
				ReflectionUtils.makeAccessible(field);
			}
			return (field != null) ? ReflectionUtils.getField(field, owner) : null;
		}
		catch (InaccessibleObjectException ex) {
			return null;
		}
	}

	private static @Nullable Integer retries(@Nullable Object options) {
		return (ForeignGetters.read(options, "getMaxRetries") instanceof Integer number) ? number : null;
	}

	/**
	 * What a bean was when it was asked last.
	 *
	 * @param model the model
	 * @param template what repeats its requests, {@code null} if it has none that is
	 * known
	 */
	private record Known(ChatModel model, @Nullable Object template) {

	}

}

// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.function.Supplier;

import io.github.fallbackai.event.ListenerGuard;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * A convention of the application. Where it fails, the standard convention takes its
 * place, because an observation whose convention throws never ends.
 *
 * @param <C> what is observed
 */
final class GuardedConvention<C extends Observation.Context> implements ObservationConvention<C> {

	private final ObservationConvention<C> convention;

	private final ObservationConvention<C> standard;

	private final ListenerGuard guard;

	private GuardedConvention(ObservationConvention<C> convention, ObservationConvention<C> standard) {
		this.convention = convention;
		this.standard = standard;
		this.guard = new ListenerGuard(convention);
	}

	/** Guards a convention, if there is one. */
	static <C extends Observation.Context> @Nullable ObservationConvention<C> of(
			@Nullable ObservationConvention<C> convention, ObservationConvention<C> standard) {
		return (convention != null) ? new GuardedConvention<>(convention, standard) : null;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.guard.get(() -> this.convention.supportsContext(context), false);
	}

	@Override
	public @Nullable String getName() {
		return or(this.convention::getName, this.standard::getName);
	}

	@Override
	public @Nullable String getContextualName(C context) {
		return or(() -> this.convention.getContextualName(context), () -> this.standard.getContextualName(context));
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(C context) {
		return or(() -> this.convention.getLowCardinalityKeyValues(context),
				() -> this.standard.getLowCardinalityKeyValues(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(C context) {
		return or(() -> this.convention.getHighCardinalityKeyValues(context),
				() -> this.standard.getHighCardinalityKeyValues(context));
	}

	private <T extends @Nullable Object> T or(Supplier<T> own, Supplier<T> standard) {
		return this.guard.<Supplier<T>>get(() -> {
			T value = own.get();
			return () -> value;
		}, standard).get();
	}

}

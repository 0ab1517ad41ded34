import { generateSteps } from './generate';
import { type Scenario, scenario } from './scenario';

/** Throws where the file is not one. Steps come in the order of their instants, equal ones as they are written. */
export function readScenario(text: string): Scenario {
  const { steps = [], generate, ...rest } = scenario.parse(JSON.parse(text));
  const all = [...steps, ...(generate ? generateSteps({ ...rest, ...generate }) : [])];
  const late = all.find(({ at }) => Date.parse(at) < Date.parse(rest.start) || Date.parse(at) > Date.parse(rest.end));
  if (late) throw new RangeError(`A step at ${late.at} is outside the scenario.`);
  return { ...rest, steps: all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) };
}

/** A page that is text alone: its sections come whole from the messages. */
import { PageHeading } from '@/components/ui/heading';
import { Section } from '@/components/ui/section';

export type EssayText = {
  title: string;
  lead: string;
  sections: readonly { id: string; title: string; paragraphs: readonly string[]; list: readonly string[] }[];
};

export function Essay({ text }: { text: EssayText }) {
  return (
    <div className="grid gap-12">
      <PageHeading title={text.title} lead={text.lead} />
      {text.sections.map((section) => (
        <Section key={section.id} id={section.id} title={section.title}>
          <div className="measure grid gap-4">
            {section.paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
            {section.list.length > 0 && (
              <ul className="grid list-disc gap-2 pl-6">
                {section.list.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            )}
          </div>
        </Section>
      ))}
    </div>
  );
}
